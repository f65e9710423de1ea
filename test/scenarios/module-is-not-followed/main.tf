provider "aws" {
  region = "eu-west-1"
}

module "storage" {
  source = "./modules/storage"
}

resource "aws_kms_key" "orders" {
}
