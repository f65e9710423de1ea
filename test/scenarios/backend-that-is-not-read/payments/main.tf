terraform {
  backend "gcs" {
    bucket      = "states"
    credentials = "canary-in-a-backend"
  }
}

provider "aws" {
  region = "us-west-2"
}

resource "aws_kms_key" "this" {
}
