# The plan was made with -var spec=SYMMETRIC_DEFAULT, which nothing here tells.
variable "spec" {
  default = "RSA_4096"
}

resource "aws_kms_key" "orders" {
  customer_master_key_spec = var.spec
}
