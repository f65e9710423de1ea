resource "aws_kms_key" "orders" {}

resource "aws_kms_key" "declared" {
  policy = data.aws_iam_policy_document.key.json
}

resource "aws_kms_key" "computed" {}
