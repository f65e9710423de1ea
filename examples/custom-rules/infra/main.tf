provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "orders" {
  description = "orders"
  tags        = { owner = "payments" }
}

resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

resource "aws_kms_key" "receipts" {
  description              = "signs receipts"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_2048"
}
