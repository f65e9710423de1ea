variable "name" {}
variable "spec" {}
variable "shards" {}

locals {
  title = format("keys of %s", var.name)
}

module "key" {
  source      = "../key"
  count       = var.shards
  spec        = var.spec
  description = local.title
}
