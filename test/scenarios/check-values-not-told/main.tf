provider "aws" {
  region = "eu-west-1"
}

variable "services" {
  type = set(string)
}

# terraform.tfvars no longer names orders; env/test.tfvars, which may be given instead, does.
resource "aws_kms_key" "service" {
  for_each = var.services
}
