resource "aws_kms_key" "orders" {
  customer_master_key_spec = var.key_spec
  description              = "$${not} a template, %%{ neither"
  multi_region             = local.regions > 1
}

resource "aws_kms_key" "global" {
  multi_region = var.multi_region
}
