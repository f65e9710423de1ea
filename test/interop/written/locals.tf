locals {
  prefix = format("%s-%s", lower(var.owner), var.stage)
  tags   = merge({ owner = var.owner }, var.stage == "production" ? { critical = "true" } : {}, local.extra)
  extra  = { for name, on in var.feature_flags : upper(name) => tostring(on) if on }

  account = data.aws_caller_identity.current.account_id

  # As people write a policy that does not need a data source.
  root_policy = {
    Version = "2012-10-17"
    Statement = concat([
      { Sid = "root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      ], [
      for role in ["deploy", "audit"] : {
        Sid       = title(role)
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/${role}" }
        Action    = ["kms:Describe*", "kms:Get*", "kms:List*"]
        Resource  = "*"
      }
    ])
  }

  buckets     = toset(["logs", "artifacts", "logs"])
  spec_of     = { small = "RSA_2048", large = "RSA_4096" }
  recoverable = try(var.feature_flags["recovery"], true)
  words       = split(",", "alpha, beta ,gamma")
}
