"""The account's regions: ec2:DescribeRegions and account:ListRegions over a list of the test's own."""

from xml.sax.saxutils import escape

from .answers import success, success_xml

SPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"


class Regions:
    def __init__(self):
        self.enabled = ["us-east-1", "eu-west-1", "ap-southeast-2"]
        self.opted_in = []
        self.not_opted_in = ["me-south-1"]

    def all(self):
        return ([(r, "opt-in-not-required") for r in self.enabled] + [(r, "opted-in") for r in self.opted_in]
                + [(r, "not-opted-in") for r in self.not_opted_in])

    def describe(self, call):
        p = call.params
        every = p.get("AllRegions", "false").lower() == "true"
        wanted = [v for k, v in p.items() if k.startswith("RegionName.")]
        states = [v for k, v in p.items() if k.startswith("Filter.1.Value.")] \
            if p.get("Filter.1.Name") == "opt-in-status" else []
        kept = [(r, s) for r, s in self.all() if (every or s != "not-opted-in")
                and (not wanted or r in wanted) and (not states or s in states)]
        items = "".join(f"<item><regionEndpoint>ec2.{escape(r)}.amazonaws.com</regionEndpoint>"
                        f"<regionName>{escape(r)}</regionName><optInStatus>{s}</optInStatus></item>"
                        for r, s in kept)
        return success_xml(f'<?xml version="1.0" encoding="UTF-8"?>\n<DescribeRegionsResponse xmlns="{SPACE}">'
                           f"<requestId>5b5a4e4c-0000-4000-8000-000000000000</requestId>"
                           f"<regionInfo>{items}</regionInfo></DescribeRegionsResponse>")

    def list(self, call):
        words = {"opt-in-not-required": "ENABLED_BY_DEFAULT", "opted-in": "ENABLED", "not-opted-in": "DISABLED"}
        wanted = call.params.get("RegionOptStatusContains") or list(words.values())
        return success(call, {"Regions": [{"RegionName": r, "RegionOptStatus": words[s]}
                                          for r, s in self.all() if words[s] in wanted]})
