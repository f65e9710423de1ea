# Somebody wants an asymmetric key here.
resource "aws_kms_key" "orders" {
  description              = "Orders"
  customer_master_key_spec = "RSA_4096"
}

# multi_region is not set on purpose elsewhere; false here replaces the key.
resource "aws_kms_key" "global" {
  multi_region = false
}

resource "aws_kms_key" "signing" {
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
}

# The block forgets spec and usage, but the lifecycle keeps the key.
resource "aws_kms_key" "kept" {
  lifecycle {
    ignore_changes = [customer_master_key_spec, key_usage]
  }
}
