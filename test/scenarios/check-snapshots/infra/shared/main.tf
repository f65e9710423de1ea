terraform {
  backend "s3" {
    bucket = "acme-states"
    key    = "shared.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "backups" {}
