terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}

# Endpoint, home Region and credentials come from the environment.
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  default_tags { tags = { estate = "interop" } }
}

provider "aws" {
  alias                       = "second"
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

data "aws_caller_identity" "current" {}

module "vault" {
  source = "./vault"
  count  = 1
}
