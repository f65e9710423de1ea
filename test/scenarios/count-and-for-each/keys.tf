resource "aws_kms_key" "shard" {
  count                    = 2
  customer_master_key_spec = "RSA_2048"
}

resource "aws_kms_key" "team" {
  for_each    = toset(["fraud", "payments"])
  description = "Key of ${each.key}"
}
