/** Tests of the Helm chart and of what is made from it: manifests, alerts, dashboard. */
@org.jspecify.annotations.NullMarked
package io.cbtguard.chart;
