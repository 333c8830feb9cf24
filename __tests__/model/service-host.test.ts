import { hostOfService } from "../../src/model/service-host";

const NAMES = ["api.example.com", "shop.example.com"];
const to = (...hosts: string[]) => ({ options: { conditions: { hosts } } });
const rest = { options: {} };

describe("clients reach a service", () => {
  test("by the first name in the order of the alphabet", () => {
    expect(hostOfService(NAMES, [rest])).toBe("api.example.com");
    expect(hostOfService(NAMES, [{ options: { conditions: { paths: ["/api/*"] } } }])).toBe("api.example.com");
  });

  test("by the first that none of its other targets has for itself", () => {
    expect(hostOfService(NAMES, [to("api.example.com"), rest])).toBe("shop.example.com");
  });

  test("by the name that its only target asks for, whatever names the load balancer has beside it", () => {
    expect(hostOfService(NAMES, [to("shop.example.com")])).toBe("shop.example.com");
    expect(hostOfService([], [to("*.example.com", "help.example.com")])).toBe("help.example.com");
  });

  test("by a name of the load balancer, where its target asks for a pattern", () => {
    expect(hostOfService(NAMES, [to("shop-?.example.com")])).toBe("api.example.com");
  });

  test("by no name where there is none", () => {
    expect(hostOfService([], [rest])).toBeUndefined();
    expect(hostOfService([], [])).toBeUndefined();
  });

  test("by one of the names even when other targets have them all", () => {
    expect(hostOfService(["api.example.com"], [to("api.example.com"), rest])).toBe("api.example.com");
  });
});
