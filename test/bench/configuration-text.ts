import type { Chance } from './chance.ts';

/** Blocks as teams write them that declare no key, of about this size; their names begin with `prefix`. */
export function fillerText(prefix: string, size: number, luck: Chance): string {
  const blocks: string[] = [];
  for (let length = 0, n = 0; ; n += 1) {
    const block = luck.pick(BLOCKS)(`${prefix}_${n}`, luck);
    if (length + block.length / 2 > size) return blocks.join('\n');
    blocks.push(block);
    length += block.length + 1;
  }
}

type WriteBlock = (name: string, luck: Chance) => string;

const instance: WriteBlock = (name, luck) => `resource "aws_instance" "${name}" {
  count                  = var.instances["${name}"]
  ami                    = "ami-${luck.hex(17)}"
  instance_type          = "${luck.pick(['t3.micro', 'm7g.large', 'c7i.2xlarge'])}"
  subnet_id              = element(module.network.private_subnets, count.index)
  vpc_security_group_ids = [aws_security_group.${name}.id]

  root_block_device {
    encrypted   = true
    kms_key_id  = aws_kms_key.data_0.arn
    volume_size = ${20 + luck.below(400)}
  }

  user_data = <<-EOT
    #!/bin/bash
    set -euo pipefail
    echo "\${var.environment} { not a block" > /etc/motd # }
    ${`curl -fsSL "https://example.com/install.sh?id=\${self.id}" | bash\n    `.repeat(1 + luck.below(6))}
  EOT

  lifecycle {
    ignore_changes = [ami, user_data]
  }
}
`;

const securityGroup: WriteBlock = (name, luck) => `resource "aws_security_group" "${name}" {
  name_prefix = "${name}-"
  vpc_id      = module.network.vpc_id

  dynamic "ingress" {
    for_each = { for port in [${luck.below(1024)}, 443, 8443] : "p\${port}" => port }
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.${luck.below(256)}.0.0/16"]
    }
  }
}
`;

const policyDocument: WriteBlock = (name, luck) => `data "aws_iam_policy_document" "${name}" {
${Array.from(
  { length: 1 + luck.below(5) },
  (_, n) => `  statement {
    sid       = "Statement${n}"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*", "s3:GetObject"]
    resources = ["arn:aws:s3:::${name}-\${data.aws_caller_identity.current.account_id}/*"]
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-${luck.hex(10)}"]
    }
  }`,
).join('\n')}
}
`;

const inlinePolicy: WriteBlock = (name, luck) => `resource "aws_iam_role_policy" "${name}" {
  role   = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [${Array.from(
      { length: 1 + luck.below(4) },
      (_, n) => `
      { Effect = "Allow", Sid = "S${n}", Action = ["s3:*"], Resource = "*" /* ${luck.hex(12)} */ },`,
    ).join('')}
    ]
  })
}
`;

const localValues: WriteBlock = (name, luck) => `locals {
  ${name} = {
    name    = "${luck.hex(8)}"
    enabled = var.environment == "production" ? true : false
    sizes   = [for n in range(${luck.below(9)}) : n * 2 if n > 1]
  }
}
`;

const variable: WriteBlock = (name, luck) => `variable "${name}" {
  description = "What ${luck.hex(8)} is for: \\"quotes\\" and {braces}."
  type        = map(object({ name = string, size = optional(number, ${luck.below(90)}) }))
  default     = {}
}
`;

const BLOCKS: readonly [WriteBlock, ...WriteBlock[]] = [
  instance,
  securityGroup,
  policyDocument,
  inlinePolicy,
  localValues,
  variable,
];
