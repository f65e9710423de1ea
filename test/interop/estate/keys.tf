resource "aws_kms_key" "orders" {
  description             = "orders"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  tags                    = { team = "orders" }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "all"
      Effect    = "Allow"
      Principal = { AWS = data.aws_caller_identity.current.account_id }
      Action    = ["kms:*"]
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

resource "aws_kms_key" "signing" {
  description              = "signing"
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 7
}

resource "aws_kms_key" "codes" {
  description              = "codes"
  customer_master_key_spec = "HMAC_256"
  key_usage                = "GENERATE_VERIFY_MAC"
  deletion_window_in_days  = 7
}

resource "aws_kms_key" "agreement" {
  description              = "agreement"
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "KEY_AGREEMENT"
  deletion_window_in_days  = 7
}

resource "aws_kms_key" "counted" {
  count                   = 2
  description             = "counted ${count.index}"
  deletion_window_in_days = 7
}

resource "aws_kms_key" "each" {
  for_each                = toset(["blue", "green"])
  description             = "each ${each.key}"
  deletion_window_in_days = 7
}
