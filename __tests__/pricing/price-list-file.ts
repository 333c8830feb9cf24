/** The columns of a list as AWS has them, shortened; the order differs from service to service. */
export const HEADER = [
  "SKU",
  "OfferTermCode",
  "RateCode",
  "TermType",
  "PriceDescription",
  "EffectiveDate",
  "StartingRange",
  "EndingRange",
  "Unit",
  "PricePerUnit",
  "Currency",
  "RelatedTo",
  "LeaseContractLength",
  "PurchaseOption",
  "OfferingClass",
  "Product Family",
  "serviceCode",
  "Location",
  "Location Type",
  "Instance Type",
  "vCPU",
  "Memory",
  "Tenancy",
  "Operating System",
  "License Model",
  "Group",
  "Group Description",
  "usageType",
  "operation",
  "CapacityStatus",
  "Pre Installed S/W",
  "Region Code",
  "serviceName",
];

export type Cells = Readonly<Record<string, string>>;

export interface ListFile {
  readonly offerCode: string;
  readonly region: string;
  readonly rows: readonly Cells[];
  readonly header?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The text of a price list: metadata, names of columns, prices. All values are quoted, as AWS does it. */
export function priceList({ offerCode, region, rows, header = HEADER, metadata = {} }: ListFile): string {
  const head = {
    FormatVersion: "v1.0",
    Disclaimer:
      "This pricing list is for informational purposes only. All prices are subject to additional terms, see AWS",
    "Publication Date": "2026-11-17T21:14:03Z",
    Version: "20261117211403",
    OfferCode: offerCode,
    ...metadata,
  };
  const lines = [...Object.entries(head), header, ...rows.map((row, index) => cells(row, { index, region, header }))];
  return `${lines.map((line) => line.map((value) => `"${value.replaceAll('"', '""')}"`).join(",")).join("\n")}\n`;
}

/** A price, with what is usual for whatever is not named. */
function cells(
  row: Cells,
  { index, region, header }: { index: number; region: string; header: readonly string[] },
): string[] {
  const usual: Cells = {
    SKU: `SKU${index}`,
    OfferTermCode: "JRTCKXETXF",
    TermType: "OnDemand",
    PriceDescription: `$${row.PricePerUnit} per "unit",\nfirst tier, no minimum`,
    EffectiveDate: "2026-11-01",
    StartingRange: "0",
    EndingRange: "Inf",
    Unit: "Hrs",
    Currency: "USD",
    "Region Code": region,
  };
  return header.map((column) => row[column] ?? usual[column] ?? "");
}

/** A row for an instance that the table wants: Linux, shared, running. */
export function instance(usageType: string, usd: string, other: Cells = {}): Cells {
  return {
    usageType,
    PricePerUnit: `${usd}000000`,
    "Instance Type": usageType.split(":")[1] ?? "",
    "Product Family": "Compute Instance",
    Tenancy: "Shared",
    "Operating System": "Linux",
    "License Model": "No License required",
    CapacityStatus: "Used",
    "Pre Installed S/W": "NA",
    operation: "RunInstances",
    ...other,
  };
}
