provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "orders" {
  description = "Orders"
}

# Nobody has applied this one yet.
resource "aws_kms_key" "ledger" {
  for_each = toset(["blue", "green"])
}
