import { tellExample } from "../support/example";

tellExample("several-profiles");
