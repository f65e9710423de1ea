terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}

# Endpoint, home Region and credentials come from the environment.
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  default_tags {
    tags = { managed_by = "terraform", stage = var.stage }
  }
}

provider "aws" {
  alias                       = "recovery"
  region                      = var.recovery_region
  allowed_account_ids         = ["111122223333"]
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}
