terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}

provider "aws" {
  region                      = local.region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

variable "keys" {
  type    = set(string)
  default = []
}

variable "spec" {
  type    = string
  default = "SYMMETRIC_DEFAULT"
}

locals {
  region = terraform.workspace == "production" ? "eu-west-1" : "eu-central-1"
}

module "key" {
  source   = "./key"
  for_each = var.keys
  name     = "${terraform.workspace}-${each.key}"
  spec     = var.spec
}
