terraform {
  backend "s3" {
    bucket = "states"
  }
}

provider "aws" {
  region = "us-east-1"
  alias  = "us"
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "orders" {
}
