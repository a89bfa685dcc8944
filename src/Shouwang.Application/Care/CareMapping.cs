using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Care;

namespace Shouwang.Application.Care;

/// <summary>How visits, emergencies and weather warnings are stored.</summary>
internal sealed class CareMapping : IEntityTypeConfiguration<Visit>, IEntityTypeConfiguration<Incident>,
    IEntityTypeConfiguration<WeatherWarning>
{
    public void Configure(EntityTypeBuilder<Visit> builder)
    {
        builder.ToTable("care_visit");
        builder.HasKey(v => v.Id);
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Items).HasConversion<int>();
        builder.Property(v => v.Witness).HasMaxLength(40);
        builder.HasQueryFilter("standing", v => v.State != VisitState.Corrected);
        builder.HasIndex(v => new { v.Elder, v.Day });
        builder.HasIndex(v => v.Call);
        builder.HasIndex(v => new { v.Volunteer, v.Day });
        builder.HasIndex(v => new { v.Point, v.Day });
        builder.HasIndex(v => new { v.Area, v.State });

        // The newest first, as every list of them goes; state and area beside it, so that counting needs no look at the table.
        builder.HasIndex(v => new { v.StartedAt, v.Id, v.State, v.Area });

        // The same of those in one state: few wait to be confirmed, and they lie anywhere among the others.
        builder.HasIndex(v => new { v.State, v.StartedAt, v.Id, v.Area });
    }

    public void Configure(EntityTypeBuilder<WeatherWarning> builder)
    {
        builder.ToTable("care_warning");
        builder.HasKey(w => w.Id);
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Ignore(w => w.Stands);
        builder.HasIndex(w => new { w.EndedAt, w.To });
        builder.HasIndex(w => new { w.From, w.Id });
    }

    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("care_incident");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Ignore(i => i.IsOpen);
        builder.HasIndex(i => new { i.Elder, i.ClosedAt });
        builder.HasIndex(i => new { i.Elder, i.OpenedAt });
        builder.HasIndex(i => new { i.ClosedAt, i.Area });
        builder.OwnsMany(i => i.Steps, step =>
        {
            step.ToTable("care_incident_step");
            step.WithOwner().HasForeignKey("IncidentId");
            step.HasKey("IncidentId", nameof(IncidentStep.Line));
            step.Property(s => s.Line).ValueGeneratedNever();
        });
    }
}
