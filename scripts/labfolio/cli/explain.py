"""`labfolio explain`: what a rule reports."""

import click


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what a rule reports, why, and how to mend it; without a rule, list them all."""
    from labfolio.model.rules import RULES, standing

    if rule is None:
        width = max(map(len, RULES))
        for one in RULES.values():
            click.echo(f"{one.name:{width}}  {one.level:7}  {one.what}")
        return
    if rule not in RULES:
        from labfolio.model.spelling import nearest

        raise click.UsageError(f"there is no rule '{rule}'{nearest(rule, RULES)}")
    one = RULES[rule]
    click.echo(f"{one.name} ({one.level})\n\n{one.what} {one.why}\n\nExample:\n{one.example}\n\nMend: {one.fix}")
    click.echo("\n".join(standing(one)))
