import { tellExample } from "../support/example";

tellExample("shop");
