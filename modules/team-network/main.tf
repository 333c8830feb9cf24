# A network as a team might have it already: written by hand in HCL, and none of this project's constructs.

terraform {
  required_version = ">= 1.5.7"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}

variable "name" {
  description = "Name of the network"
  type        = string
}

variable "cidr" {
  description = "IPv4 network of the VPC, /16 to /20"
  type        = string
}

variable "zones" {
  description = "Availability Zones, by name"
  type        = set(string)
}

variable "private_subnets_are_public" {
  description = "Routes the private subnets to the internet gateway: a mistake, to show that it is found"
  type        = bool
  default     = false
}

locals {
  zones = sort(tolist(var.zones))
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = var.name }
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.this.id
  availability_zone = local.zones[0]
  cidr_block        = cidrsubnet(var.cidr, 4, 15)
  tags              = { Name = "${var.name}-public", "kubernetes.io/role/elb" = "1" }
}

resource "aws_subnet" "private" {
  for_each          = var.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.cidr, 4, index(local.zones, each.key))
  tags              = { Name = "${var.name}-private-${each.key}", "kubernetes.io/role/internal-elb" = "1" }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${var.name}-public" }
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  domain     = "vpc"
  tags       = { Name = var.name }
  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id
  tags          = { Name = var.name }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "${var.name}-private" }
}

resource "aws_route" "nat" {
  count                  = var.private_subnets_are_public ? 0 : 1
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}

resource "aws_route_table_association" "private" {
  for_each       = aws_subnet.private
  subnet_id      = each.value.id
  route_table_id = var.private_subnets_are_public ? aws_route_table.public.id : aws_route_table.private.id
}

output "vpc_id" {
  description = "Id of the VPC"
  # Subnets count as private only once their routes stand.
  value      = aws_vpc.this.id
  depends_on = [aws_route.nat, aws_route.internet, aws_route_table_association.private]
}

output "private_subnet_ids" {
  description = "Private subnets, by zone"
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
  depends_on  = [aws_route.nat, aws_route.internet, aws_route_table_association.private]
}
