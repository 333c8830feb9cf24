import { tellExample } from "../support/example";

tellExample("minimal");
