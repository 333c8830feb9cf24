import { tellExample } from "../support/example";

tellExample("private-without-nat");
