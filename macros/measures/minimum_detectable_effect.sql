{#
    The difference of two shares that arms of this size find in four of five trials, at
    95 % confidence. One success and one failure more than there were keep it above 0
    where nobody or everybody did it. 2.80 is 1.96 + 0.84.
#}
{% macro minimum_detectable_effect(successes, trials, other_successes, other_trials) -%}
    2.801585218112968e0 * sqrt(
        ({{ successes }} + {{ other_successes }} + 1)
        / ({{ trials }} + {{ other_trials }} + 2)
        * ({{ trials }} - {{ successes }} + {{ other_trials }} - {{ other_successes }} + 1)
        / ({{ trials }} + {{ other_trials }} + 2)
        * (1 / nullif({{ trials }}, 0) + 1 / nullif({{ other_trials }}, 0))
    )
{%- endmacro %}
