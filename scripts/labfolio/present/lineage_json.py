"""The lineage for programs: `/lineage.json`."""

from labfolio.model.lineage_file import VERSION, LineageEdge, LineageFile, LineageNode
from labfolio.model.site import Output
from labfolio.present.edition import Edition
from labfolio.present.portfolio_files import json_output


def lineage_json(edition: Edition) -> Output:
    """`/lineage.json`."""
    portfolio, graph = edition.portfolio, edition.lineage
    chain_of = {entry.path: number for number, chain in enumerate(graph.chains, start=1) for entry in chain}
    nodes = [
        LineageNode.model_validate(
            {
                "id": portfolio.id_of(entry),
                "kind": entry.kind.name,
                "slug": entry.slug,
                "url": edition.settings.site_url + entry.url,
                "title": entry.front.title,
                "status": entry.status,
                "stage": graph.stages[entry.path],
                "stated": entry.front.stage is not None,
                "chain": chain_of.get(entry.path),
            }
        )
        for entry in portfolio.entries
    ]
    edges = [
        LineageEdge(source=portfolio.ids[edge.source], target=portfolio.ids[edge.target], reason=edge.reason)
        for edge in graph.edges
    ]
    shape = LineageFile(version=VERSION, site=edition.settings.site_url, nodes=nodes, edges=edges)
    return json_output("lineage.json", shape)
