resource "aws_kms_key" "payments" {
  description = "Payments"
  tags = {
    team = "payments"
