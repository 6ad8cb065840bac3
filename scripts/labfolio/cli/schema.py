"""`labfolio schema`: JSON Schemas of what authors write and of what labfolio publishes."""

import click


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema NAME; without a name, list the names."""
    from labfolio.model.spelling import nearest
    from labfolio.schema.json_schema import NAMES, json_schema

    if name is None:
        click.echo("\n".join(NAMES))
    elif name not in NAMES:
        raise click.UsageError(f"there is no schema '{name}'{nearest(name, NAMES)}")
    else:
        click.echo(json_schema(name), nl=False)
