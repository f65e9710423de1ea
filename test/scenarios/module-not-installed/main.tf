provider "aws" {
  region = "eu-west-1"
}

module "storage" {
  source   = "terraform-aws-modules/kms/aws"
  version  = "~> 3.0"
  for_each = toset(["a", "b"])
}

resource "aws_kms_key" "orders" {
  customer_master_key_spec = "RSA_2048"
}
