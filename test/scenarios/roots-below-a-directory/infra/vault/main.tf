provider "aws" {
  region = "eu-west-1"
}

module "vault" {
  source = "../modules/vault"
}
