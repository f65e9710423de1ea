data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_iam_policy_document" "shared" {
  statement {
    sid       = "root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:root"]
    }
  }
}

data "aws_kms_key" "looked_up" {
  key_id     = aws_kms_alias.plain.name
  depends_on = [aws_kms_alias.plain]
}

data "aws_kms_alias" "looked_up" {
  name       = aws_kms_alias.plain.name
  depends_on = [aws_kms_alias.plain]
}
