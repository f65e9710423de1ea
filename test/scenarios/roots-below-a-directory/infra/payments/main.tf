provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "this" {
  customer_master_key_spec = "RSA_2048"
}
