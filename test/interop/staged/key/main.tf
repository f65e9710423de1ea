terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "name" { type = string }
variable "spec" { type = string }

resource "aws_kms_key" "this" {
  description              = var.name
  customer_master_key_spec = var.spec
  key_usage                = var.spec == "SYMMETRIC_DEFAULT" ? "ENCRYPT_DECRYPT" : "SIGN_VERIFY"
  deletion_window_in_days  = 7
}
