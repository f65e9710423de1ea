terraform {
  backend "s3" {
    bucket = "acme-states"
    key    = "payments.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "orders" {
  description         = "orders"
  enable_key_rotation = true
}

resource "aws_kms_key" "ledger" {
  for_each = toset(["blue", "green"])
}
