resource "aws_kms_key" "orders" {
  customer_master_key_spec = var.key_spec
  description              = "$${not} a template, %%{ neither"
  multi_region             = local.regions > 1
}

resource "aws_kms_key" "global" {
  multi_region = var.multi_region
}

variable "key_spec" {
  type = string
}

variable "regions" {
  type = list(string)
}

variable "multi_region" {
  type      = bool
  default   = true
  sensitive = true
}

locals {
  regions = length(var.regions)
}
