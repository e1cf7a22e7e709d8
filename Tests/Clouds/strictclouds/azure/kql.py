"""Kusto's tabular operators, as many as a watcher asks with; anything else is refused as the service refuses it."""

from .kqlexpression import Expressions
from .kqlread import QueryError, Words, semantic

AGGREGATES = {"count": "long", "countif": "long", "max": None, "min": None, "dcount": "long", "sum": None,
              "arg_max": None, "take_any": None, "any": None, "make_set": "dynamic"}


class Query:
    """`tables`: name to (columns, rows); `aliases` are functions over them. `used`: the tables that it read."""

    def __init__(self, text, tables, now):
        self.words, self.tables, self.now = Words(text), tables, now
        self.values, self.used = {}, []

    def run(self):
        """(columns as [(name, type)], rows as dicts)."""
        while self.words.has("let"):
            name = self.words.name()
            self.words.need("=")
            self.values[name] = self.expressions({}).whole()
            self.words.need(";")
        columns, rows = self.pipeline()
        self.words.has(";")
        if self.words.peek()[0] != "end":
            self.words.fail()
        return list(columns.items()), rows

    def expressions(self, columns):
        return Expressions(self.words, columns, self.values, self.now)

    def pipeline(self):
        columns, rows = self.source()
        while self.words.has("|"):
            name = self.words.name()
            act = getattr(self, "do_" + name.replace("-", "_"), None)
            if act is None:
                self.words.next -= 1
                self.words.fail()
            columns, rows = act(columns, rows)
        return columns, rows

    def source(self):
        if self.words.has("("):
            found = self.pipeline()
            self.words.need(")")
            return found
        if self.words.peek()[1] == "union":
            self.words.take()
            return self.union(None)
        return self.table(self.words.name())

    def table(self, name, fuzzy=False):
        if name not in self.tables:
            if fuzzy:
                return None
            semantic(f"'where' operator: Failed to resolve table or column expression named '{name}'")
        self.used.append(name)
        columns, rows = self.tables[name]
        return dict(columns), list(rows)

    def union(self, first):
        fuzzy, parts, label = False, [("", first)] if first else [], None
        while self.words.peek(1)[1] == "=":
            option = self.words.name()
            self.words.need("=")
            value = self.words.name()
            if option == "isfuzzy":
                fuzzy = value == "true"
            elif option == "withsource":
                label = value
            elif option != "kind":
                self.words.fail()
        while True:
            name = self.words.peek()[1]
            parts.append((name, self.source() if name == "(" else self.table(self.words.name(), fuzzy)))
            if not self.words.has(","):
                break
        columns, rows = ({label: "string"} if label else {}), []
        for name, part in parts:
            if part:
                columns.update({n: t for n, t in part[0].items() if n not in columns})
                rows += [{**row, label: name} if label else row for row in part[1]]
        if not any(part for _, part in parts):
            semantic("'union' operator: no table could be resolved")
        return columns, rows

    def do_union(self, columns, rows):
        return self.union((columns, rows))

    def do_where(self, columns, rows):
        kind, act = self.expressions(columns).whole()
        if kind != "bool":
            semantic("where(): predicate must be of type bool", "SEM0076")
        return columns, [row for row in rows if act(row)]

    do_filter = do_where

    def assigned(self, columns):
        """`Name = expression` or a bare column, separated by commas."""
        made = []
        while True:
            label = None
            if self.words.peek()[0] == "name" and self.words.peek(1)[1] == "=":
                label = self.words.name()
                self.words.need("=")
            bare = self.words.peek()[1]
            kind, act = self.expressions(columns).whole()
            made.append((label or bare, kind, act))
            if not self.words.has(","):
                return made

    def do_project(self, columns, rows):
        made = self.assigned(columns)
        return {n: k for n, k, _ in made}, [{**{n: a(row) for n, _, a in made}, "$at": row.get("$at")} for row in rows]

    def do_extend(self, columns, rows):
        made = self.assigned(columns)
        return {**columns, **{n: k for n, k, _ in made}}, [{**row, **{n: a(row) for n, _, a in made}} for row in rows]

    def do_project_away(self, columns, rows):
        gone = {n for n, _, _ in self.assigned(columns)}
        return {n: k for n, k in columns.items() if n not in gone}, rows

    def do_project_keep(self, columns, rows):
        kept = {n for n, _, _ in self.assigned(columns)}
        return {n: k for n, k in columns.items() if n in kept}, rows

    def do_distinct(self, columns, rows):
        columns, rows = self.do_project(columns, rows)
        seen = {tuple(str(row[n]) for n in columns): row for row in reversed(rows)}
        return columns, list(reversed(seen.values()))

    def do_count(self, columns, rows):
        return {"Count": "long"}, [{"Count": len(rows)}]

    def number(self):
        kind, text, _ = self.words.take()
        if kind != "number":
            self.words.next -= 1
            self.words.fail()
        return int(text)

    def do_take(self, columns, rows):
        return columns, rows[:self.number()]

    do_limit = do_take

    def do_order(self, columns, rows):
        self.words.need("by")
        keys = []
        while True:
            _, act = self.expressions(columns).whole()
            down = self.words.has("asc", "desc") != "asc"
            if self.words.has("nulls"):
                self.words.need("first", "last")
            keys.append((act, down))
            if not self.words.has(","):
                break
        for act, down in reversed(keys):
            rows = sorted(rows, key=lambda row: ((act(row) is not None), act(row) if act(row) is not None else 0), reverse=down)
        return columns, rows

    do_sort = do_order

    def do_top(self, columns, rows):
        most = self.number()
        columns, rows = self.do_order(columns, rows)
        return columns, rows[:most]

    def do_summarize(self, columns, rows):
        made = []
        while self.words.peek()[1] != "by":
            made += self.aggregate(columns)
            if not self.words.has(","):
                break
        groups = self.assigned(columns) if self.words.has("by") else []
        found = {} if groups else {(): list(rows)}
        for row in rows if groups else ():
            found.setdefault(tuple(act(row) for _, _, act in groups), []).append(row)
        out = [{**{n: v for (n, _, _), v in zip(groups, key)}, **{n: act(part) for n, _, act in made}}
               for key, part in found.items()]
        return {**{n: k for n, k, _ in groups}, **{n: k for n, k, _ in made}}, out

    def aggregate(self, columns):
        label = None
        if self.words.peek(1)[1] == "=":
            label = self.words.name()
            self.words.need("=")
        name = self.words.name()
        if name not in AGGREGATES:
            semantic(f"Unknown aggregate function: '{name}'.", "SEM0260")
        self.words.need("(")
        if name == "count":
            self.words.need(")")
            return [(label or "count_", "long", len)]
        shown = self.words.peek()[1]
        kind, act = self.expressions(columns).whole()
        more = []
        while self.words.has(","):
            if self.words.has("*"):
                more += [(n, k, (lambda c: lambda row: row.get(c))(n)) for n, k in columns.items() if n != shown]
            else:
                bare = self.words.peek()[1]
                more.append((bare, *self.expressions(columns).whole()))
        self.words.need(")")
        given = lambda part: [v for v in (act(row) for row in part) if v is not None]
        plain = {"max": lambda p: max(given(p), default=None), "min": lambda p: min(given(p), default=None),
                 "sum": lambda p: sum(given(p)), "dcount": lambda p: len({str(v) for v in given(p)}),
                 "countif": lambda p: sum(1 for row in p if act(row)), "take_any": lambda p: next(iter(given(p)), None),
                 "make_set": lambda p: sorted({v for v in given(p)}, key=str)}
        plain["any"] = plain["take_any"]
        if name != "arg_max":
            return [(label or f"{name}_{shown}", AGGREGATES[name] or kind, plain[name])]
        newest = lambda part: max((r for r in part if act(r) is not None), key=act, default={})
        return [(label or shown, kind, lambda p: act(newest(p)) if newest(p) else None)] + [
            (n, k, (lambda a: lambda p: a(newest(p)))(a)) for n, k, a in more]


__all__ = ["Query", "QueryError"]
