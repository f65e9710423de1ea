resource "aws_kms_external_key" "byok" {
}

resource "aws_kms_key" "global" {
  multi_region = true
}

resource "aws_kms_replica_key" "global" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.global.arn
}

resource "aws_kms_key" "hsm" {
  custom_key_store_id = "cks-1a2b3c4d5e6f70812"
}

resource "aws_kms_key" "xks" {
  custom_key_store_id = "cks-2b3c4d5e6f7081923"
  xks_key_id          = "bb8562717f809024"
}
