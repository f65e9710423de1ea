terraform {
  backend "s3" {}
}

provider "aws" {
  region = "eu-west-1"
}

variable "usage" {
  default = "SIGN_VERIFY"
}

resource "aws_kms_key" "orders" {
  key_usage = var.usage
}
