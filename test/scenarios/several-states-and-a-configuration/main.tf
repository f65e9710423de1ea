resource "aws_kms_key" "this" {
  customer_master_key_spec = "RSA_2048"
}
