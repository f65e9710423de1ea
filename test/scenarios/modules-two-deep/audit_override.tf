resource "aws_kms_key" "audit" {
  key_usage                = null
  customer_master_key_spec = null
}
