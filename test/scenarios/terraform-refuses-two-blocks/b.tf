resource "aws_kms_key" "orders" {
  customer_master_key_spec = "RSA_2048"
}
