import { Fn, type IResolvable, Op, Token } from "cdktf";

/**
 * A Terraform condition that is true when two IPv4 networks share no address. Networks overlap when their addresses
 * agree in the bits of the shorter prefix.
 *
 * @param left network in CIDR notation, or a token for one
 * @param right likewise
 */
export function networksApartCondition(left: string, right: string): IResolvable {
  const prefixLength = (network: string) => Fn.tonumber(Fn.element(Fn.split("/", network), 1));
  const shorter = Token.asString(Fn.min([prefixLength(left), prefixLength(right)]));
  const cut = (network: string) => Fn.cidrhost(Fn.join("/", [Fn.cidrhost(network, 0), shorter]), 0);
  return Op.neq(cut(left), cut(right));
}
