import ipaddr from "ipaddr.js";
import { Cidr } from "./cidr";

export type IpFamily = "ipv4" | "ipv6";

/** Which kind of network a text is meant to be. */
export function ipFamilyOf(text: string): IpFamily {
  return text.includes(":") ? "ipv6" : "ipv4";
}

/** Why `text` is not an IPv4 or IPv6 network in CIDR notation, written with its first address, or `undefined`. */
export function ipNetworkProblem(text: string): string | undefined {
  if (ipFamilyOf(text) === "ipv4") {
    return Cidr.problemOf(text);
  }
  if (!ipaddr.IPv6.isValidCIDR(text)) {
    return `"${text}" is not an IPv6 network; write it as an address and a prefix length, like "2001:db8::/32"`;
  }
  const prefix = text.slice(text.indexOf("/") + 1);
  const network = `${ipaddr.IPv6.networkAddressFromCIDR(text).toRFC5952String()}/${prefix}`;
  return text === network
    ? undefined
    : `"${text}" is not how this network is written, with its first address; write it "${network}"`;
}
