variable "spec" {}
variable "description" {}

resource "aws_kms_key" "this" {
  customer_master_key_spec = var.spec
  description              = var.description
}
