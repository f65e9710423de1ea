resource "aws_kms_key" "plain" {
  description             = "${local.prefix}: everything else"
  deletion_window_in_days = var.window
  tags                    = local.tags
}

resource "aws_kms_alias" "plain" {
  name          = "alias/${local.prefix}"
  target_key_id = aws_kms_key.plain.key_id
}

resource "aws_kms_key" "policed" {
  description             = join(" ", ["policed", "by", var.contact == null ? "nobody" : var.contact])
  deletion_window_in_days = var.window
  enable_key_rotation     = true
  rotation_period_in_days = lookup({ production = 180 }, var.stage, 365)
  policy                  = jsonencode(local.root_policy)
}

resource "aws_kms_key" "heredoc" {
  description             = coalesce(var.contact, "on call")
  deletion_window_in_days = min(var.window, 30)
  policy                  = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        %{~for role in ["deploy", "audit"]}
        { "Sid": "${role}", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/${role}" }, "Action": "kms:Describe*", "Resource": "*" },
        %{~endfor}
        { "Sid": "root", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }
      ]
    }
  POLICY
}

resource "aws_kms_key" "documented" {
  description             = join(" ", ["for", data.aws_region.current.name])
  deletion_window_in_days = var.window
  policy                  = data.aws_iam_policy_document.shared.json
}

resource "aws_kms_key" "separate_policy" {
  deletion_window_in_days = var.window
}

resource "aws_kms_key_policy" "separate_policy" {
  key_id = aws_kms_key.separate_policy.id
  policy = jsonencode(local.root_policy)
}

resource "aws_kms_grant" "app" {
  name              = "app"
  key_id            = aws_kms_key.separate_policy.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/app"
  operations        = ["Encrypt", "Decrypt"]
}

resource "aws_kms_key" "bucket" {
  for_each                = local.buckets
  description             = "bucket ${each.value}"
  deletion_window_in_days = var.window
  tags                    = { bucket = each.key }
}

resource "aws_kms_key" "signer" {
  for_each                 = { for signer in var.signers : signer.name => signer if signer.name != "tokens" }
  description              = title(each.key)
  customer_master_key_spec = each.value.spec
  key_usage                = startswith(each.value.spec, "RSA") ? "ENCRYPT_DECRYPT" : "KEY_AGREEMENT"
  deletion_window_in_days  = var.window
}

resource "aws_kms_key" "shard" {
  count                   = length(local.words)
  description             = trimspace(local.words[count.index])
  is_enabled              = count.index != 1
  deletion_window_in_days = var.window + count.index
  tags                    = { shard = count.index }
}

resource "aws_kms_key" "switched_off" {
  count                   = lookup(var.feature_flags, "archive", false) ? 1 : 0
  deletion_window_in_days = var.window
}

resource "aws_kms_key" "chosen" {
  count                    = try(var.feature_flags.audit, false) ? 1 : 0
  customer_master_key_spec = local.spec_of[var.stage == "production" ? "large" : "small"]
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = var.window
}

resource "aws_kms_alias" "chosen" {
  count         = length(aws_kms_key.chosen)
  name          = "alias/chosen-${count.index}"
  target_key_id = aws_kms_key.chosen[count.index].arn
}

module "domain" {
  source   = "./domain"
  for_each = var.domains

  name     = each.key
  settings = each.value
  tags     = merge(local.tags, each.value.tags)
  window   = var.window

  providers = {
    aws          = aws
    aws.recovery = aws.recovery
  }
}
