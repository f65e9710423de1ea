# Where the states are was given to terraform init: -backend-config=path=… and workspace_dir=…
terraform {
  backend "local" {}
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "this" {
  customer_master_key_spec = terraform.workspace == "prod" ? "RSA_2048" : "SYMMETRIC_DEFAULT"
}
